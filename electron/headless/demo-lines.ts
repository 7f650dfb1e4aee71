import type { DemoRun } from '#engine';

/** How to use the demo service that runs at this address: from Hoist, and from anything else. */
export function demoLines(address: DemoRun['address']): readonly string[] {
  const { runflow, flora, cyberun, pupload } = address;
  return [
    `Demo service at ${address.origin} (objects at ${address.storeOrigin})`,
    '',
    'From Hoist, with no set-up:',
    '  hoist upload FILE --to demo-flora      (or demo-runflow, demo-cyberun, demo-pupload)',
    '',
    'From anything else:',
    `  Runflow  ${runflow.baseUrl}  key ${runflow.key}`,
    `  FLORA    ${flora.baseUrl}  key ${flora.key}  workspace ${flora.workspaceId}  project ${flora.projectId}`,
    `  Cyberun  ${cyberun.baseUrl}  key ${cyberun.key}`,
    `  Pupload  ${pupload.baseUrl}  project ${pupload.projectId}  flows ${pupload.flowName}, ${pupload.twoEdgeFlowName}`,
    '',
  ];
}
