/** Files over HTTP: upload, download, and what is kept of them meanwhile. */
@NullMarked
package io.raic.gateway.file;

import org.jspecify.annotations.NullMarked;
