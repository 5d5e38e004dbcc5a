/**
 * The database of what operators need and no reader does: who may come in, what was done, where
 * shares were last seen. Nothing in it decrypts anything, and losing it loses no stored data.
 *
 * <p>SQLite in the data directory, or PostgreSQL; one text of SQL for both, so types are {@code
 * BIGINT} and {@code TEXT} only, times are milliseconds since 1970, and keys are made by us. Each
 * feature has its own tables, its own migrations and the only class that names them.
 */
@NullMarked
package io.raic.gateway.state;

import org.jspecify.annotations.NullMarked;
