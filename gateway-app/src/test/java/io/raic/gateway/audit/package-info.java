@NullMarked
package io.raic.gateway.audit;

import org.jspecify.annotations.NullMarked;
