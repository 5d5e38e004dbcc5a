/**
 * Google Cloud Storage as a server of the tests: the part of its JSON API that a store of objects
 * needs, with the refusals of the real one.
 */
@NullMarked
package io.raic.cloud.gcs.fake;

import org.jspecify.annotations.NullMarked;
