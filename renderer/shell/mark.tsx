/** Hoist's own mark. */
export function Mark({ size = 22 }: { readonly size?: number }) {
  return (
    <svg aria-hidden width={size} height={size} viewBox="0 0 16 16" className="shrink-0">
      <rect width="16" height="16" rx="3.6" className="fill-accent" />
      <rect x="4" y="2" width="8" height="2" rx="0.6" className="fill-on-accent opacity-75" />
      <path d="M8 5.5 12.5 10H10v4H6v-4H3.5Z" className="fill-on-accent" />
    </svg>
  );
}
