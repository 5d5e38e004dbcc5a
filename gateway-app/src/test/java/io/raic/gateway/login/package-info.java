@NullMarked
package io.raic.gateway.login;

import org.jspecify.annotations.NullMarked;
