/** The four services behind the port `#ports/provider.ts`. */
export { createProviders, type ProvidersOptions } from './create-providers.ts';
