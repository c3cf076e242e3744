import {
  keepPreviousData,
  type UseMutationResult,
  type UseQueryResult,
  useInfiniteQuery,
  useMutation,
  useQuery,
} from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Client, Contract, FeatureName } from '../../shared/contract/index.ts'
import { AppError } from '../../shared/errors.ts'
import { isOfThePresent } from '../../shared/past.ts'
import { api, call, currentAsOf, currentBranchId, currentOrganizationId } from '../api.ts'
import { newId } from '../ids.ts'
import { useOrganizationId } from './organization.ts'
import { queryClient } from './query-client.ts'

type ProcedureOf<F extends FeatureName, K> = {
  [P in keyof Client[F]]: P extends keyof Contract[F]
    ? Contract[F][P] extends { readonly kind: K }
      ? P
      : never
    : never
}[keyof Client[F]] &
  string

export type QueryName<F extends FeatureName> = ProcedureOf<F, 'query'>
export type CommandName<F extends FeatureName> = ProcedureOf<F, 'command'>
export type ApiInput<F extends FeatureName, P extends keyof Client[F]> = Client[F][P] extends (
  input: infer I,
  ...rest: never[]
) => unknown
  ? I
  : never
export type ApiOutput<F extends FeatureName, P extends keyof Client[F]> = Client[F][P] extends (
  ...all: never[]
) => Promise<infer O>
  ? O
  : never

export type QueryOptions = {
  /** false: asks nothing yet. */
  readonly enabled?: boolean
  /** Shows the answer before while a new input is asked (default true). */
  readonly keepPrevious?: boolean
  /** false: change events do not read it again (an open editor, a preview). */
  readonly live?: boolean
}

/** The cache key of a query: feature, procedure, organization and branch, input; in a view into the past, that as well. */
export const queryKey = (feature: FeatureName, procedure: string, organizationId: string | null, input: unknown) => {
  const asOf = currentAsOf()
  const branchId = feature === 'branches' ? null : currentBranchId()
  const now = [feature, procedure, branchId === null ? organizationId : `${organizationId} ${branchId}`, input] as const
  return asOf === null || isOfThePresent(`${feature}.${procedure}`) ? now : ([...now, asOf] as const)
}

// Whoever is signed in may ask these; some are asked before it is known who that is.
const ofEverybody =
  /^(access|setup|settings|updates)\.|^users\.(me|faces|picture)$|^sessions\.list$|^pointInTime\.close$/

const me = (organizationId: string | null) => ({
  queryKey: queryKey('users', 'me', organizationId, {}),
  queryFn: () => api.users.me({}),
  meta: { live: true },
  staleTime: Number.POSITIVE_INFINITY,
})

// Pages show more than some roles include: what a role does not include is not asked for, as the core would refuse it on
// every page. Whoever has another role since is asked about first.
const ask = async (feature: string, procedure: string, input: unknown, signal: AbortSignal): Promise<unknown> => {
  const name = `${feature}.${procedure}`
  const organizationId = currentOrganizationId()
  if (organizationId !== null && !ofEverybody.test(name)) {
    const { mayCall } = await queryClient.fetchQuery(me(organizationId))
    if (!mayCall.includes(name)) throw new AppError('FORBIDDEN', 'Your role in this business does not include this.')
  }
  return await call(feature, procedure, input, { signal })
}

/** The options of a query, for `queryClient.fetchQuery` and loaders. */
export const apiQuery = <F extends FeatureName, P extends QueryName<F>>(
  feature: F,
  procedure: P,
  input: ApiInput<F, P>,
) => ({
  queryKey: queryKey(feature, procedure, currentOrganizationId(), input),
  // The proxy answers with what the contract names for this procedure.
  queryFn: async ({ signal }: { signal: AbortSignal }) =>
    (await ask(feature, procedure, input, signal)) as ApiOutput<F, P>,
})

/** Reads a query of the contract and keeps it fresh by change events. */
export const useApiQuery = <F extends FeatureName, P extends QueryName<F>>(
  feature: F,
  procedure: P,
  input: ApiInput<F, P>,
  options: QueryOptions = {},
): UseQueryResult<ApiOutput<F, P>, AppError> => {
  const organizationId = useOrganizationId()
  const { keepPrevious = true, live = true, ...rest } = options
  return useQuery<ApiOutput<F, P>, AppError>({
    queryKey: queryKey(feature, procedure, organizationId, input),
    // See apiQuery: the answer has the procedure's type.
    queryFn: async ({ signal }) => (await ask(feature, procedure, input, signal)) as ApiOutput<F, P>,
    // The library's helper returns its own argument; its type does not follow ours.
    ...(keepPrevious ? { placeholderData: keepPreviousData as never } : {}),
    meta: { live },
    ...rest,
  })
}

type Page<Row> = { readonly rows: readonly Row[]; readonly nextCursor: string | null }
export type RowOf<F extends FeatureName, P extends keyof Client[F]> =
  ApiOutput<F, P> extends Page<infer Row> ? Row : never

export type ApiPages<Row, FirstPage> = {
  readonly rows: readonly Row[]
  /** The first page with what it says beside its rows (`total`, `waiting`); undefined while loading. */
  readonly first: FirstPage | undefined
  readonly isPending: boolean
  readonly isLoadingMore: boolean
  readonly hasMore: boolean
  readonly loadMore: () => void
  /** Reads the pages that are left, up to `mostSelected` rows, and gives all rows; ends early by the signal. */
  readonly loadAll: (signal: AbortSignal) => Promise<readonly Row[]>
  readonly error: AppError | null
  readonly retry: () => void
}

/** So many rows are chosen and worked on at once, at most. */
export const mostSelected = 5000

/** Reads a keyset list page by page; feed it to `DataTable`. */
export const useApiPages = <F extends FeatureName, P extends QueryName<F>>(
  feature: F,
  procedure: P,
  input: Omit<ApiInput<F, P>, 'cursor'>,
): ApiPages<RowOf<F, P>, ApiOutput<F, P>> => {
  const organizationId = useOrganizationId()
  const query = useInfiniteQuery({
    queryKey: queryKey(feature, procedure, organizationId, { pages: input }),
    // Lists of the contract answer with rows and the cursor of the next page.
    queryFn: async ({ pageParam, signal }) =>
      (await ask(feature, procedure, { ...input, cursor: pageParam }, signal)) as Page<RowOf<F, P>>,
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
    meta: { live: true },
  })
  const pages = query.data?.pages
  const rows = useMemo(() => pages?.flatMap((page) => page.rows) ?? [], [pages])
  return {
    rows,
    // The same answer, seen with the fields that this list has beside its rows.
    first: pages?.[0] as ApiOutput<F, P> | undefined,
    isPending: query.isPending,
    isLoadingMore: query.isFetchingNextPage,
    hasMore: query.hasNextPage,
    loadMore: () => {
      if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage()
    },
    loadAll: async (signal) => {
      const rowsOf = (all: readonly Page<RowOf<F, P>>[] | undefined) => all?.flatMap((page) => page.rows) ?? []
      let read = rowsOf(query.data?.pages)
      for (let more = query.hasNextPage; more && read.length < mostSelected && !signal.aborted; ) {
        const next = await query.fetchNextPage()
        if (next.error !== null) throw next.error
        read = rowsOf(next.data?.pages)
        more = next.hasNextPage
      }
      return read
    },
    // Only api.ts throws here, and it throws AppError alone.
    error: query.error as AppError | null,
    retry: () => void query.refetch(),
  }
}

/** Runs a command of the contract; one user action is one idempotency key, however often the line is cut. */
export const useCommand = <F extends FeatureName, P extends CommandName<F>>(
  feature: F,
  procedure: P,
): UseMutationResult<ApiOutput<F, P>, AppError, ApiInput<F, P>> =>
  useMutation<ApiOutput<F, P>, AppError, ApiInput<F, P>>({
    mutationFn: async (input) =>
      // See apiQuery: the answer has the procedure's type.
      (await call(feature, procedure, input, { idempotencyKey: newId() })) as ApiOutput<F, P>,
  })
