import type { Glossary } from '../glossary/glossary-schema.ts';
import type { FunnelReading, Grain } from '../glossary/reading.ts';
import { buildScope } from './build-scope.ts';
import type { Parts } from './parts.ts';
import { said } from './parts.ts';
import type { Built } from './problem.ts';
import { stepPair } from './step-pairs.ts';

/** True if the question speaks of steps and of what gets lost between them; with a glossary also of two steps by their numbers. */
export function asksForFunnel(parts: Parts, glossary?: Glossary): boolean {
  if (parts.chain || parts.funnel !== undefined || (glossary && stepPair(parts, glossary))) return true;
  return (
    said(parts, 'lose') &&
    parts.metrics.every((m) => m.population) &&
    parts.dimensions.every((d) => d.id !== 'page') &&
    (parts.steps.length > 0 || said(parts, 'where') || said(parts, 'which'))
  );
}

/** Parts → funnel Reading: the steps said, else those of the funnel that was named. */
export function buildFunnel(parts: Parts, glossary: Glossary): Built<FunnelReading> {
  const pair = parts.chain ? undefined : stepPair(parts, glossary);
  if (pair) return buildFunnel(ofPair(parts, pair), glossary);
  const dimensions = [...new Set(parts.dimensions.map((d) => d.id))].filter((d) => d !== 'step');
  const [over] = parts.grains;
  if (over?.way === 'over' && parts.grains.length === 1 && parts.periods.length === 0 && !parts.compare)
    return buildFunnel(lastAndBefore(parts, over.grain), glossary);
  const scope = buildScope(parts, glossary, dimensions);
  const by = scope.split ?? dimensions[0];
  const steps = stepsOf(parts, glossary);
  const unused = [...parts.unknown.map((u) => u.text), ...scope.unused, ...idle(parts, glossary, dimensions, scope.split)];
  if (steps.length < 2) return { reading: undefined, unused, problem: { about: 'unsupported', subject: 'a funnel of one step' } };
  const reading: FunnelReading = {
    kind: 'funnel',
    steps,
    order: said(parts, 'in_order') || parts.window !== undefined ? 'in_order' : 'any',
    ...(parts.window !== undefined ? { windowMinutes: parts.window } : {}),
    ...(by ? { by } : {}),
    ...(scope.period ? { period: scope.period } : {}),
    ...(scope.compare ? { compare: scope.compare } : {}),
    filters: scope.filters,
    ...(scope.segments ? { segments: scope.segments } : {}),
    ...(scope.bots ? { bots: scope.bots } : {}),
    ...(scope.schedule ? { schedule: scope.schedule } : {}),
    ...(scope.assumed.length > 0 ? { assumed: scope.assumed } : {}),
    ...(said(parts, 'no_picture') ? { picture: 'none' as const } : {}),
  };
  const before = said(parts, 'before') && !scope.period && !scope.compare;
  return { reading, unused, ...(before ? { problem: { about: 'before' as const } } : {}) };
}

/** «week over week»: the last one that is over and the one before it. */
function lastAndBefore(parts: Parts, unit: Grain): Parts {
  const at = parts.grains[0]!.at;
  return { ...parts, grains: [], periods: [{ period: { type: 'ago', count: 1, unit }, at }], compare: { type: 'previous' } };
}

/** The two steps as a chain, without what named them. */
function ofPair(parts: Parts, pair: readonly string[]): Parts {
  const roles = new Map([...parts.roles].filter(([role]) => role !== 'share' && role !== 'how_many' && role !== 'lose'));
  const values = parts.values.filter((v) => v.filter.dimension !== 'bought');
  return { ...parts, chain: pair, metrics: [], steps: [], values, roles };
}

function stepsOf(parts: Parts, glossary: Glossary): string[] {
  if (parts.chain) return [...parts.chain];
  const said = [...new Set(parts.steps.map((s) => s.id))];
  if (said.length > 1) return said;
  const whole = glossary.funnels[parts.funnel ?? Object.keys(glossary.funnels)[0] ?? ''];
  // «drop off at payment» asks for the shortest funnel that has the step.
  const having = said.length === 1 ? Object.values(glossary.funnels).filter((f) => f.steps.includes(said[0]!)) : [];
  const [shortest] = having.sort((a, b) => a.steps.length - b.steps.length);
  if (said.length === 1 && !shortest) return [];
  return [...(((parts.funnel === undefined ? shortest : undefined) ?? whole)?.steps ?? [])].slice(0, 8);
}

function idle(parts: Parts, glossary: Glossary, dimensions: readonly string[], split: string | undefined): string[] {
  const out: string[] = [];
  const fits = (id: string) => /conversion|checkout|cart/u.test(id) || glossary.metrics[id]?.unit === 'rate';
  // «view to cart to checkout»: a step that only a rate's name took up is lost.
  const isLost = (text: string) => parts.chain !== undefined && /\bto\b/iu.test(text);
  out.push(...parts.metrics.filter((m) => !m.population && (!fits(m.id) || isLost(m.text))).map((m) => m.text));
  out.push(...parts.steps.filter((s) => parts.chain && !parts.chain.includes(s.id)).map((s) => glossary.steps[s.id]!.label));
  const isOut = parts.bots !== undefined || parts.segments || parts.values.some((v) => /not/u.test(v.filter.op));
  const left = parts.roles.get('not')?.filter((r) => !/^drop/iu.test(r.text)) ?? [];
  if (!isOut) out.push(...left.map((r) => r.text));
  if (dimensions.length + (split && !dimensions.includes(split) ? 1 : 0) > 1) out.push('a second breakdown');
  if (parts.grains.length > 0) out.push('steps of time');
  out.push(...parts.amounts.map((a) => a.text));
  if (parts.moving) out.push('a moving average');
  return out;
}
