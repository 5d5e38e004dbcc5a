/** The dashboard, alone and in a browser. */
@NullMarked
package io.raic.gateway.admin;

import org.jspecify.annotations.NullMarked;
