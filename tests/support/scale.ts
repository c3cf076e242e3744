const cases = Number(process.env['COUNTERFOIL_CASES'] ?? 100_000)
const factor = (process.env['COUNTERFOIL_LONG'] === '1' ? 10 : 1) * (cases / 100_000)

/** How often a test does what it usually does `usual` times: COUNTERFOIL_LONG=1 is ten times that, COUNTERFOIL_CASES scales it. */
export const times = (usual: number): number => Math.max(1, Math.round(usual * factor))
