import { describe, expect, it } from 'vitest';
import { readFlowDocument, readProject } from '../../electron/providers/pupload/flow.ts';
import { checkFlow } from '../../electron/providers/pupload/flow-check.ts';
import { inBothSpellings } from '../../electron/providers/pupload/starting.ts';
import { flowDocument, variable } from '../support/pupload-flow.ts';

type Json = Record<string, unknown>;
/** The example flow with these parts replaced. */
const reasons = (parts: Json): readonly string[] => {
  const document = flowDocument();
  return checkFlow(readFlowDocument({ ...document, Flow: { ...(document.Flow as Json), ...parts } }));
};
const well = (more: Json) => ({ Edge: 'input-image', Store: 'uploads', Source: 'upload', ...more });
const output = { Edge: 'resized-image', Store: 'uploads' };
const step = (more: Json = {}) => ({
  ID: 'resize',
  Uses: 'pupload/resize',
  Inputs: [{ Name: 'image', Edge: 'input-image' }],
  Outputs: [{ Name: 'resized', Edge: 'resized-image' }],
  Flags: [{ Name: 'width', Value: '800' }],
  ...more,
});

describe('checkFlow', () => {
  it('has nothing against the example', () => {
    expect(reasons({})).toEqual([]);
  });

  it.each<[string, Json, string]>([
    ['no step', { Steps: [], DataWells: [] }, 'The flow has no step.'],
    ['the same id twice', { Steps: [step(), step()] }, 'Step id "resize" is used more than once.'],
    ['no id', { Steps: [step({ ID: '' })] }, 'A step has no id.'],
    [
      'an unknown task',
      { Steps: [step({ Uses: 'pupload/crop' })] },
      'Step "resize" uses "pupload/crop", which no task defines.',
    ],
    [
      'a missing input',
      { Steps: [step({ Inputs: [{ Name: 'other', Edge: 'input-image' }] })] },
      'Step "resize" lacks the input "image".',
    ],
    ['a missing flag', { Steps: [step({ Flags: [] })] }, 'Step "resize" lacks the flag "width".'],
    [
      'an unknown flag',
      { Steps: [step({ Flags: [{ Name: 'width' }, { Name: 'depth' }] })] },
      'Step "resize" has an unknown flag "depth".',
    ],
    [
      'a store that is not there',
      { DataWells: [well({ Store: 'nowhere' }), output] },
      'The data well of edge "input-image" names the store "nowhere", which is not there.',
    ],
    [
      'another type of store',
      { Stores: [{ Name: 'uploads', Type: 'gcs', Params: {} }] },
      'Store "uploads" has type "gcs"; only s3 is known.',
    ],
    [
      'an unknown parameter',
      { Stores: [{ Name: 'uploads', Type: 's3', Params: { endpoint: 'a', Region: 'x' } }] },
      'Store "uploads" has an unknown parameter "Region".',
    ],
    [
      'an unused edge',
      { DataWells: [well({}), output, well({ Edge: 'spare' })] },
      'The data well of edge "spare" is used by no step.',
    ],
    [
      'two wells on an edge',
      { DataWells: [well({}), well({}), output] },
      'Edge "input-image" has more than one data well.',
    ],
    [
      'an unknown source',
      { DataWells: [well({ Source: 'ftp' }), output] },
      'The data well of edge "input-image" has the unknown source "ftp".',
    ],
    ['an edge that nothing fills', { DataWells: [output] }, 'Nothing fills the edge "input-image".'],
    ['an edge that nothing takes', { DataWells: [well({})] }, 'Nothing takes the edge "resized-image".'],
    [
      'an unknown variable',
      { DataWells: [well({ Key: `${variable('RUN_ID')}/${variable('HOUR')}` }), output] },
      'The data well of edge "input-image" has the unknown variable "HOUR" in its key.',
    ],
    [
      'a key without a variable',
      { DataWells: [well({ Key: 'in.jpg' }), output] },
      'The data well of edge "input-image" has a key without a variable: every run would write the same object.',
    ],
    [
      'a static well without a key',
      { DataWells: [well({ Source: 'static' }), output] },
      'The data well of edge "input-image" is static and has no key.',
    ],
    [
      'a static well with a variable',
      { DataWells: [well({ Source: 'static', Key: 'a/$UUID' }), output] },
      'The data well of edge "input-image" is static and has a variable in its key.',
    ],
    ['a timeout that is none', { Timeout: '30' }, 'Timeout "30" is no positive duration like 30m.'],
    ['a timeout of zero', { Timeout: '0s' }, 'Timeout "0s" is no positive duration like 30m.'],
    [
      'a circle',
      {
        DataWells: [],
        Steps: [
          step({ ID: 'a', Inputs: [{ Name: 'image', Edge: 'two' }], Outputs: [{ Name: 'o', Edge: 'one' }] }),
          step({ ID: 'b', Inputs: [{ Name: 'image', Edge: 'one' }], Outputs: [{ Name: 'o', Edge: 'two' }] }),
        ],
      },
      'The steps depend on each other in a circle.',
    ],
  ])('finds %s', (_name, parts, reason) => {
    expect(reasons(parts)).toEqual([reason]);
  });

  it.each(['30m', '1h30m', '1.5s', '250ms', '.5h'])('takes the timeout %s', (timeout) => {
    expect(reasons({ Timeout: timeout })).toEqual([]);
  });

  it('lets a default data well take what no other takes', () => {
    expect(reasons({ DataWells: [well({})], DefaultDataWell: { Store: 'uploads' } })).toEqual([]);
  });
});

describe('reading flows', () => {
  it('reads both spellings, and keys in any case, as the controller does', () => {
    const document = flowDocument();
    const flow = document.Flow as Json;
    const older = { flow: { ...flow, Steps: undefined, nodes: flow.Steps }, nodeDefs: document.Tasks };
    expect(readFlowDocument(older)).toEqual(readFlowDocument(document));
  });

  it('reads the flows of a project with its tasks and global stores', () => {
    const document = flowDocument();
    const flow = { ...(document.Flow as Json), Stores: null };
    const [only] = readProject({
      ID: 'x',
      Flows: [flow],
      NodeDefs: document.Tasks,
      GlobalStores: [{ Name: 'uploads', Type: 's3', Params: { Endpoint: 'a' } }],
    });
    expect(only === undefined ? null : checkFlow(only)).toEqual([]);
  });

  it('sends both spellings, each key once', () => {
    const steps = [step()];
    expect(
      inBothSpellings({ flow: { Name: 'f', nodes: steps, Stores: [] }, NodeDefs: [{ Name: 't' }], Note: 1 }),
    ).toEqual({
      Note: 1,
      Flow: { Name: 'f', Stores: [], Steps: steps, Nodes: steps },
      Tasks: [{ Name: 't' }],
      NodeDefs: [{ Name: 't' }],
    });
  });
});
