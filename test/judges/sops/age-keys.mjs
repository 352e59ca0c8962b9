// Prints new age keys as JSON; a program of its own because the library has no CommonJS form.
import { generateIdentity, identityToRecipient } from 'age-encryption';

const identities = await Promise.all(Array.from({ length: Number(process.argv[2]) }, generateIdentity));
const keys = await Promise.all(identities.map(async identity => ({ identity, recipient: await identityToRecipient(identity) })));
process.stdout.write(JSON.stringify(keys));
