import { linkToCode } from './link-to-code';
import { OBJECT_RULES } from '../../test/generated/between-objects';
import { ObjectVerdict, tryObjectRule } from '../../test/generated/between-objects/rule';
import { AGENTGATEWAY } from '../../test/generated/between-objects/world';

/** Rules between objects of both gateways, made of what becomes of programs that break them. */
export function objectRulesTables(): string {
  return `### Envoy AI Gateway\n\n${tableOf(false)}\n\n### agentgateway\n\n${tableOf(true)}`;
}

function tableOf(agentgateway: boolean): string {
  const rows = OBJECT_RULES.filter(({ cluster }) => (cluster === AGENTGATEWAY) === agentgateway).map(rule =>
    `| ${rule.kind} | ${rule.rule} | ${linkToCode(rule.code)} | ${severityOf(tryObjectRule(rule))} |`);
  return `| Kind | What must hold | Code | Told as |\n|---|---|---|---|\n${rows.join('\n')}`;
}

function severityOf({ told, toldUnknowing }: ObjectVerdict): string {
  if (told === toldUnknowing) return told!;
  return toldUnknowing === undefined ? `${told}, complete` : `${told}, complete; else ${toldUnknowing}`;
}
