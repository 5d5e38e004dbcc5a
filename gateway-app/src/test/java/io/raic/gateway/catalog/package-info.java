@NullMarked
package io.raic.gateway.catalog;

import org.jspecify.annotations.NullMarked;
