/** The S3 driver against servers of that protocol. */
@NullMarked
package io.raic.cloud.s3;

import org.jspecify.annotations.NullMarked;
