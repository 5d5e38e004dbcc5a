/** Azure Blob Storage: objects are block blobs of one container. */
@NullMarked
package io.raic.cloud.azure;

import org.jspecify.annotations.NullMarked;
