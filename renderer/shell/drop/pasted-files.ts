/** A picture that was copied as such has a name that says nothing, and the time of the paste as its date. */
const unnamed = /^(image\.\w+)?$/;
const freshMs = 5000;

/** Files of a paste; pictures that have no name of their own get one that says when: "Pasted 2026-11-22 14.05.12.png". */
export function nameFiles(files: readonly File[], now: number): readonly File[] {
  const taken = new Set<string>();
  return files.map((file) => {
    const isNamed = !unnamed.test(file.name) || (file.name !== '' && now - file.lastModified > freshMs);
    if (isNamed) return file;
    const name = freeName(`Pasted ${stampOf(now)}`, endingOf(file), taken);
    return new File([file], name, { type: file.type, lastModified: file.lastModified });
  });
}

function freeName(stem: string, ending: string, taken: Set<string>): string {
  let name = `${stem}${ending}`;
  for (let copy = 2; taken.has(name); copy++) name = `${stem} ${copy}${ending}`;
  taken.add(name);
  return name;
}

function endingOf({ name, type }: File): string {
  const own = /\.\w+$/.exec(name)?.[0];
  if (own !== undefined) return own;
  const subtype = /^[\w-]+\/([\w-]+)/.exec(type)?.[1];
  return subtype === undefined ? '' : `.${subtype === 'jpeg' ? 'jpg' : subtype}`;
}

/** Local time, in signs that every file system takes, and that sort. */
function stampOf(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}.${two(date.getMinutes())}.${two(date.getSeconds())}`;
}
