/** What all of the HTTP interface shares: capabilities in URLs, parameters, errors, headers. */
@NullMarked
package io.raic.gateway.web;

import org.jspecify.annotations.NullMarked;
