/**
 * One decorator around any driver, which keeps a broken or overrun provider from costing anybody
 * more than it must: {@link io.raic.cloud.resilience.GuardedBackend}.
 *
 * <h2>The layers, from the caller to the driver</h2>
 *
 * <ol>
 *   <li><b>Metering.</b> Outermost, so that what the other layers refuse is counted as well.
 *   <li><b>Gate.</b> A call that is over already, or whose store is closed, takes nothing.
 *   <li><b>Pause and circuit.</b> Before everything that waits: where a provider is known to be
 *       broken, a call fails at once, and takes no connection, no request and no byte of a limit.
 *   <li><b>Space.</b> An upload that would be too much is refused before a byte is sent.
 *   <li><b>Connections.</b> Before the pace: a request that was let pass at a certain moment must
 *       go out at that moment; if it waited for a connection afterwards, many could go out at once.
 *   <li><b>Pace.</b> The time that a throttling provider asked for, then requests and bytes a
 *       second.
 *   <li><b>Circuit, again.</b> It may have opened while the call waited.
 *   <li><b>Budget.</b> The month's requests, last: only what is really sent is counted.
 *   <li><b>Deadline.</b> Innermost, around the driver alone: time spent waiting for our own limits
 *       says nothing about the provider. The driver ends its calls itself; this is the bound beyond
 *       that, for one that does not.
 *   <li><b>Driver.</b> The one layer that repeats a request. Nothing here does.
 * </ol>
 *
 * <p>The steps of a stream (read, write, commit) pass metering, pace of bytes, and deadline only:
 * the stream holds its connection, and while it moves, the provider works, whatever the circuit
 * says.
 *
 * <h2>What counts against a provider</h2>
 *
 * <table>
 *   <caption>What a circuit makes of what becomes of a call</caption>
 *   <tr><th>outcome</th><th>for the circuit</th><th>why</th></tr>
 *   <tr><td>answered, precondition failed, out of space, access denied</td><td>a success, slow or
 *     not</td><td>it works, and says so soon. A wrong credential costs nobody time, and one object
 *     that may not be touched must not close off all others</td></tr>
 *   <tr><td>unavailable, corrupt</td><td>a failure; opens above a rate</td><td>it does not work, or
 *     what it says is worth nothing</td></tr>
 *   <tr><td>silent: no answer until the deadline, or until its caller gave up after more than
 *     {@link io.raic.cloud.resilience.CircuitPolicy#slowCall}</td><td>opens at once</td><td>each
 *     further one would cost somebody a deadline; a canary finds out at once whether that was a
 *     mistake</td></tr>
 *   <tr><td>throttled</td><td>nothing; all calls of the kind wait as long as it asks for, or fail
 *     at once if that is too long for them</td><td>it works, and wants fewer requests</td></tr>
 *   <tr><td>interrupted or closed by its caller sooner</td><td>nothing; after a tenth of that
 *     time a canary is asked for</td><td>nobody knows what the answer would have been</td></tr>
 *   <tr><td>refused by a layer here</td><td>nothing</td><td>the provider was not asked</td></tr>
 * </table>
 *
 * <h2>What cannot be promised</h2>
 *
 * <p>A call that has not ended a while after its deadline counts as silent at that moment, whether
 * or not it ever ends, and its thread is interrupted, which ends everything that virtual threads
 * wait for, but no operation of a local file system. To leave such a thread alone and go on with
 * another one would be no help: it still owns the bytes that its caller gave it or waits for. So it
 * keeps its connection, which bounds how many there can be, and its caller should not wait for it:
 * the gateway does not.
 */
@NullMarked
package io.raic.cloud.resilience;

import org.jspecify.annotations.NullMarked;
