/**
 * Who may use the dashboard: users, their passwords and codes, sessions, and the rules for
 * everything below {@code /admin}. Nothing else of the gateway passes through Spring Security.
 *
 * <p>A page of the dashboard is a controller below {@code /admin} that is there only if {@link
 * ConditionalOnDashboard} holds, and learns by {@code @AuthenticationPrincipal} {@link SignedIn}
 * who asks. What may be asked by whom is said by its address; see {@link DashboardSecurity}.
 */
@NullMarked
package io.raic.gateway.login;

import org.jspecify.annotations.NullMarked;
