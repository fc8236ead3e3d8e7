/**
 * A part of a page that is loaded after it. Where the server is away just then, it is asked for again until it is there:
 * nobody is at hand to load a wall anew.
 */
import { defineAsyncComponent, type AsyncComponentLoader, type Component } from 'vue'

const firstRetryMs = 500
const slowestRetryMs = 10_000

export const lateComponent = <T extends Component>(loader: AsyncComponentLoader<T>): T =>
  defineAsyncComponent<T>({
    loader,
    onError: (_error, retry, _fail, attempts) =>
      void setTimeout(retry, Math.min(slowestRetryMs, firstRetryMs * 2 ** (attempts - 1))),
  })
