import { Button } from '../../ui/button.tsx';

/** In px. */
export const partNoteHeight = 52;

/** Says that the list goes on beyond what is shown, and leads there. */
export function PartNote(props: { readonly text: string; readonly top: number; onShow(): void }) {
  const { text, top, onShow } = props;
  return (
    <div
      className="absolute inset-x-0 top-0 flex items-center justify-center"
      style={{ transform: `translateY(${top}px)`, blockSize: partNoteHeight }}
    >
      <Button onClick={onShow}>{text}</Button>
    </div>
  );
}
