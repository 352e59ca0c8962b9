import { CodeDefinition } from "../findings/finding";
export const SECRET_FILE_UNREADABLE = {} as CodeDefinition;
