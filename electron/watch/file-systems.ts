/** What kind of disk a folder is on, as far as watching cares. */
export interface FileSystemKind {
  /** Changes made by others send no events here. */
  readonly isNetwork: boolean;
  /** False where an inode number is made up for each mount, or each look. */
  readonly hasStableInodes: boolean;
}

const networkTypes =
  /^(nfs4?|cifs|smb3?|smbfs|afs|ceph|9p|virtiofs|glusterfs|lustre|davfs|fuse\..+|fuse|autofs|vboxsf|prl_fs|vmhgfs)$/;
/** FAT has no inodes, and drivers over FUSE or SMB number files as they meet them. */
const unstableTypes = /^(vfat|msdos|exfat|cifs|smb3?|smbfs|9p|davfs|fuse\..+|fuse|vboxsf|prl_fs|vmhgfs)$/;

export function kindOfType(type: string): FileSystemKind {
  return { isNetwork: networkTypes.test(type), hasStableInodes: !unstableTypes.test(type) };
}

/**
 * The type of the file system at `path` by the text of /proc/self/mountinfo: the mount whose point is the longest
 * prefix, the last of equals (it hides the ones before). Null where the text tells nothing.
 * Fields by proc_pid_mountinfo(5): the fifth is the mount point, the type follows the lone hyphen.
 */
export function typeByMounts(mountinfo: string, path: string): string | null {
  let best: { readonly point: string; readonly type: string } | null = null;
  for (const line of mountinfo.split('\n')) {
    const fields = line.split(' ');
    const point = unescapeOctal(fields[4] ?? '');
    const type = fields[fields.indexOf('-', 6) + 1];
    if (point === '' || type === undefined) continue;
    const isAbove = path === point || point === '/' || path.startsWith(`${point}/`);
    if (isAbove && (best === null || point.length >= best.point.length)) best = { point, type };
  }
  return best?.type ?? null;
}

/** Spaces and the like are written `\040` there. */
function unescapeOctal(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  );
}
