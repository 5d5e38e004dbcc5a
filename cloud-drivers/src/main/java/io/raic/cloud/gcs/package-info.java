/**
 * Google Cloud Storage by its JSON API.
 *
 * <p>The requests are those of Google's own generated client ({@code google-api-services-storage}),
 * the layer that {@code google-cloud-storage} stands on, sent by the JDK's blocking client. The
 * layer above packs every upload with gzip, which costs twenty times what sending costs and gains
 * nothing on encrypted bytes, and has no deadline for a single call.
 */
@NullMarked
package io.raic.cloud.gcs;

import org.jspecify.annotations.NullMarked;
