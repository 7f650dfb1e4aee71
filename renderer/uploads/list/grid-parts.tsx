// biome-ignore-all lint/a11y/useSemanticElements: rows that are placed one by one, of which most are not there, make no table element.
// biome-ignore-all lint/a11y/useFocusableInteractive: the row takes the focus, for all of its cells.
import type { ComponentProps } from 'react';

type Part = Omit<ComponentProps<'div'>, 'role'>;

export const GridRow = (props: Part) => <div role="row" {...props} />;
export const GridRows = (props: Part) => <div role="rowgroup" {...props} />;
export const GridCell = (props: Part) => <div role="gridcell" {...props} />;
export const ColumnHead = (props: Part) => <div role="columnheader" {...props} />;
