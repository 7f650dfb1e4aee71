/** The last part of a path, of either system: "Renders". */
export function folderName(path: string): string {
  const parts = path.split(/[/\\]/).filter((part) => part !== '');
  return parts.at(-1) ?? path;
}
