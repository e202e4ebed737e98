/** Lines of a computation, parts under their whole. */
export function Steps({ steps }: { steps: { depth?: number; text?: string }[] }) {
  return (
    <ol className="oko-how-steps">
      {steps.map((step, i) => <li key={i} data-depth={Math.min(step.depth ?? 0, 4)}>{step.text}</li>)}
    </ol>
  );
}
