/**
 * The catalog: for each stored file its verify cap, when and by which token it was stored, and
 * where each share was last seen, with what result. It is written with the upload, kept true by
 * checks and repairs, and made again from what the stores list.
 *
 * <p>It listens to the grid, which knows nothing of it: a file that could not be noted is stored
 * all the same. What a share was last known to be stays so until its store says something else: a
 * store that is silent has lost nothing.
 */
@NullMarked
package io.raic.gateway.catalog;

import org.jspecify.annotations.NullMarked;
