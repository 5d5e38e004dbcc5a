/** S3: Amazon's, and every server that speaks it. */
@NullMarked
package io.raic.cloud.s3;

import org.jspecify.annotations.NullMarked;
