@NullMarked
package io.raic.gateway.bench;

import org.jspecify.annotations.NullMarked;
