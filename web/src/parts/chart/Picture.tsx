import { useEffect, useRef } from 'react';

import { init, registerMap } from './engine';
import type { Look } from './look';
import type { ChartMap, ChartOption, Engine } from './types';
import '../../styles/chart.css';

interface Props {
  option: ChartOption;
  look: Look;
  height: number;
  label: string;
  map?: ChartMap;
  onEngine: (engine: Engine | null) => void;
  onPick?: (name: string, index: number) => void;
}

const PRINTED = 640;

function dressed(option: ChartOption, look: Look): ChartOption {
  return {
    color: look.colors,
    animation: look.motion,
    animationDuration: 300,
    backgroundColor: 'transparent',
    ...option,
    textStyle: { fontFamily: look.font, fontSize: look.size, color: look.text },
    tooltip: {
      confine: true, backgroundColor: look.ground, borderColor: look.line, textStyle: { color: look.text, fontSize: look.size },
      ...(option.tooltip as object | undefined),
    },
  };
}

/** The drawing itself: as wide as its place, narrower on paper. Loaded with the first chart. */
export default function Picture({ option, look, height, label, map, onEngine, onPick }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const engine = useRef<Engine | null>(null);
  const pick = useRef(onPick);
  pick.current = onPick;
  const tell = useRef(onEngine);
  tell.current = onEngine;

  useEffect(() => {
    const made = init(place.current!, undefined, { renderer: 'svg' });
    engine.current = made;
    tell.current(made);
    made.on('click', (event) => pick.current?.(event.name, event.dataIndex));
    const fit = new ResizeObserver(() => made.resize());
    fit.observe(place.current!);
    const narrow = () => made.resize({ width: PRINTED });
    const wide = () => made.resize({ width: 'auto' });
    window.addEventListener('beforeprint', narrow);
    window.addEventListener('afterprint', wide);
    return () => {
      fit.disconnect();
      window.removeEventListener('beforeprint', narrow);
      window.removeEventListener('afterprint', wide);
      tell.current(null);
      made.dispose();
    };
  }, []);

  useEffect(() => {
    if (map) registerMap(map.name, map.shapes as Parameters<typeof registerMap>[1]);
    engine.current?.setOption(dressed(option, look), { notMerge: true });
  }, [option, look, map]);

  return <div ref={place} role="img" aria-label={label} className="oko-picture" style={{ height }} />;
}
