/**
 * Short facts with a dot between them; a dot where a line ends would point at nothing, so none is shown there: each stands
 * in a margin before its fact, and the first margin of every line is cut off.
 */
export function Dotted({ parts }: { readonly parts: readonly string[] }) {
  return (
    <span className="block overflow-x-clip">
      <span className="-ms-3 flex flex-wrap">
        {parts.map((part, index) => (
          <span key={part} className="relative min-w-0 max-w-full break-words ps-3">
            {index > 0 && <span className="absolute start-0 w-3 whitespace-pre text-center">{' · '}</span>}
            {part}
          </span>
        ))}
      </span>
    </span>
  );
}
