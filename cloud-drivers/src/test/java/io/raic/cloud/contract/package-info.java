/** What every driver promises, as tests that each driver's own test class takes over. */
@NullMarked
package io.raic.cloud.contract;

import org.jspecify.annotations.NullMarked;
