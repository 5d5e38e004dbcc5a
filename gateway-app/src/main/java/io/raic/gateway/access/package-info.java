/**
 * Who may use the gateway's HTTP interface, and how much each may store: tokens, which are kept as
 * hashes, and nothing else. What is stored is read with capabilities, of which this knows nothing.
 */
@NullMarked
package io.raic.gateway.access;

import org.jspecify.annotations.NullMarked;
