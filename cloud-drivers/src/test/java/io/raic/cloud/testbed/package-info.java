/** Servers of the providers' protocols, started by the tests that need them. */
@NullMarked
package io.raic.cloud.testbed;

import org.jspecify.annotations.NullMarked;
