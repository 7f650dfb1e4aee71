/** `$` and a name in braces, as the keys of data wells have it. */
export const variable = (name: string): string => ['${', name, '}'].join('');

/** The flow file of Pupload's own example: one upload edge, one result. */
export function flowDocument(): Record<string, unknown> {
  return {
    Flow: {
      Name: 'image-resize',
      Stores: [
        {
          Name: 'uploads',
          Type: 's3',
          Params: {
            Endpoint: 'minio.local:9000',
            BucketName: 'my-uploads',
            AccessKey: 'access-of-store',
            SecretKey: 'secret-of-store',
            Secure: false,
          },
        },
      ],
      DataWells: [
        { Edge: 'input-image', Store: 'uploads', Source: 'upload', Key: `${variable('RUN_ID')}/input.jpg` },
        { Edge: 'resized-image', Store: 'uploads' },
      ],
      Steps: [
        {
          ID: 'resize',
          Uses: 'pupload/resize',
          Inputs: [{ Name: 'image', Edge: 'input-image' }],
          Outputs: [{ Name: 'resized', Edge: 'resized-image' }],
          Flags: [{ Name: 'width', Value: '800' }],
        },
      ],
    },
    Tasks: [
      {
        Publisher: 'pupload',
        Name: 'resize',
        Image: 'pupload/resize:latest',
        Inputs: [{ Name: 'image', Required: true, Type: ['image/*'] }],
        Outputs: [{ Name: 'resized', Required: true, Type: ['image/png'] }],
        Flags: [{ Name: 'width', Required: true, Type: 'int' }],
        Command: { Name: 'resize', Exec: 'resize' },
        Tier: 'c-small',
        MaxAttempts: 3,
      },
    ],
  };
}
