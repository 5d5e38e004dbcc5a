/**
 * What a cluster, a container engine and an operator are given: the chart, the image, the alerts.
 */
@NullMarked
package io.raic.helm;

import org.jspecify.annotations.NullMarked;
