/** Azure Blob Storage, on a real server of its protocol. */
@NullMarked
package io.raic.cloud.azure;

import org.jspecify.annotations.NullMarked;
