import type { DemoAddress } from '../address.ts';

const imageTypes = ['image/png', 'image/jpeg', 'image/webp', 'image/gif'];

// biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholders are Pupload's, filled in per run
const objectKey = '${RUN_ID}/${EDGE}';

/** The project that is there from the start: one flow with one upload edge for anything, one with two for images. */
export function builtInProject(address: DemoAddress['pupload']): object {
  const { endpoint, bucket } = address.store;
  const params = {
    Endpoint: endpoint,
    BucketName: bucket,
    AccessKey: 'demo',
    SecretKey: 'demo',
    Secure: false,
  };
  const stores = [{ Name: 'uploads', Type: 's3', Params: params }];
  const upload = (Edge: string) => ({ Edge, Store: 'uploads', Source: 'upload', Key: objectKey });
  const output = (Edge: string) => ({ Edge, Store: 'uploads', Key: objectKey });
  const task = (Name: string, inputs: readonly { Name: string; Type: readonly string[] }[]) => ({
    Publisher: 'demo',
    Name,
    Image: `demo/${Name}:latest`,
    Inputs: inputs.map((input) => ({ ...input, Description: '', Required: true })),
    Outputs: [{ Name: 'result', Description: '', Required: true, Type: [] }],
    Flags: [],
    Tier: 'c-small',
    MaxAttempts: 3,
  });
  return {
    ID: address.projectId,
    Flows: [
      {
        Name: address.flowName,
        Stores: stores,
        DataWells: [upload('file'), output('published')],
        Steps: [
          {
            ID: 'publish',
            Uses: 'demo/publish',
            Inputs: [{ Name: 'file', Edge: 'file' }],
            Outputs: [{ Name: 'result', Edge: 'published' }],
          },
        ],
      },
      {
        Name: address.twoEdgeFlowName,
        Stores: stores,
        DataWells: [upload('image'), upload('mask'), output('cut-out')],
        Steps: [
          {
            ID: 'cut',
            Uses: 'demo/cut-out',
            Inputs: [
              { Name: 'image', Edge: 'image' },
              { Name: 'mask', Edge: 'mask' },
            ],
            Outputs: [{ Name: 'result', Edge: 'cut-out' }],
          },
        ],
      },
    ],
    Tasks: [
      task('publish', [{ Name: 'file', Type: [] }]),
      task('cut-out', [
        { Name: 'image', Type: imageTypes },
        { Name: 'mask', Type: imageTypes },
      ]),
    ],
    GlobalStores: [],
  };
}
