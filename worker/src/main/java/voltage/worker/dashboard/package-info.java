/** The operator's page: what the worker did, what it holds and why it stayed out, served over HTTP and WebSocket. */
@NullMarked
package voltage.worker.dashboard;

import org.jspecify.annotations.NullMarked;
