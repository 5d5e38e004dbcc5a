@NullMarked
package io.raic.gateway.state;

import org.jspecify.annotations.NullMarked;
