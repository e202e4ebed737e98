import type { Schemas } from '../../api/client';
import '../../styles/indicators.css';

/** «Как получено»: the computation line by line, from the result down to the counts. */
export function Trace({ lines }: { lines: readonly Schemas['TraceLine'][] }) {
  return (
    <ol className="oko-trace">
      {lines.map((line, i) => <li key={i} style={{ marginInlineStart: `${1.25 * Math.min(line.depth, 8)}em` }}>{line.text}</li>)}
    </ol>
  );
}
