import type { ProviderKind } from '#shared/destination.ts';
import { destinationWords as words } from '../words/destinations.ts';

/** One text field of the form. */
export interface FieldSpec {
  /** Its name in the draft. */
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly isRequired: boolean;
  /** A size, which is typed with its unit. */
  readonly isSize: boolean;
}

const text = (name: string, of: { label: string; hint: string }, isRequired = false): FieldSpec => ({
  name,
  ...of,
  isRequired,
  isSize: false,
});

const { fields } = words;

/** What a service asks for beside name, address, lanes and key; the fields of its schema, in the order of the form. */
export const fieldsOf: Readonly<Record<ProviderKind, readonly FieldSpec[]>> = {
  runflow: [text('folderId', fields.folderId), text('organizationId', fields.organizationId)],
  flora: [
    text('workspaceId', fields.workspaceId, true),
    text('folder', fields.folder),
    text('projectId', fields.projectId),
  ],
  cyberun: [text('teamId', fields.teamId), { ...text('maxSizeBytes', fields.maxSizeBytes), isSize: true }],
  pupload: [
    text('projectId', fields.flowProject),
    text('flowName', fields.flowName),
    text('flowFile', fields.flowFile),
    text('edge', fields.edge),
  ],
};
