package io.raic.gateway.login;

import io.raic.gateway.audit.AuditLog;
import io.raic.gateway.state.Database;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import java.util.EnumSet;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.access.hierarchicalroles.RoleHierarchyImpl;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * The rules for everything below {@code /admin}, by address:
 *
 * <ul>
 *   <li>{@code /admin/login}, {@code /admin/oidc/**}, and GET of {@code /admin/assets/**}: anybody
 *   <li>{@code /admin/users/**} and {@code /admin/tokens/**}: administrators
 *   <li>{@code /admin/actions/**}: operators
 *   <li>GET of everything else, and looking a file up: viewers; nothing else of it is allowed
 * </ul>
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnDashboard
@EnableWebSecurity
class DashboardSecurity implements WebMvcConfigurer {
  private static final String FILTER = "springSecurityFilterChain";

  /** After the headers and what refuses other sites. */
  private static final int FILTER_ORDER = 0;

  @Bean
  Sessions sessions(Database database, InstantSource clock, LoginSettings settings) {
    return new Sessions(database, clock, settings);
  }

  @Bean
  Logins logins(Sessions sessions, AuditLog audit, InstantSource clock) {
    return new Logins(sessions, audit, new Throttle(clock));
  }

  @Bean
  static RoleHierarchy roleHierarchy() {
    return RoleHierarchyImpl.withDefaultRolePrefix()
        .role(Role.ADMIN.name())
        .implies(Role.OPERATOR.name())
        .role(Role.OPERATOR.name())
        .implies(Role.VIEWER.name())
        .build();
  }

  /** Only these addresses get to it: the way of the files has no part of it. */
  @Bean
  DelegatingFilterProxyRegistrationBean dashboardFilter() {
    var filter = new DelegatingFilterProxyRegistrationBean(FILTER);
    filter.addUrlPatterns("/admin", "/admin/*");
    filter.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST));
    filter.setOrder(FILTER_ORDER);
    return filter;
  }

  @Bean
  SecurityFilterChain dashboardChain(
      HttpSecurity http, Sessions sessions, Logins logins, LoginSettings settings) {
    var denials = new Denials();
    http.securityMatcher("/admin", "/admin/**")
        .securityContext(c -> c.securityContextRepository(new CookieSessions(sessions)))
        .sessionManagement(c -> c.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .csrf(c -> c.csrfTokenRepository(new CookieCsrf(sessions)))
        // Every answer of the gateway has them from one place.
        .headers(c -> c.disable())
        .requestCache(c -> c.disable())
        .logout(c -> c.disable())
        .authorizeHttpRequests(DashboardSecurity::rules)
        .exceptionHandling(c -> c.authenticationEntryPoint(denials).accessDeniedHandler(denials));
    if (settings.oidc().isPresent()) {
      new OidcLogin(settings.oidc().get(), logins).addTo(http);
    }
    return http.build();
  }

  private static void rules(
      AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry
          rules) {
    rules
        .requestMatchers("/admin/login", "/admin/login/style.css", "/admin/oidc/**")
        .permitAll()
        .requestMatchers(HttpMethod.GET, "/admin/assets/**")
        .permitAll()
        .requestMatchers("/admin/login/code")
        .hasAuthority(Step.CODE.authority())
        .requestMatchers("/admin/login/password")
        .hasAnyAuthority(Step.PASSWORD.authority(), "ROLE_" + Role.VIEWER.name())
        .requestMatchers(HttpMethod.POST, "/admin/logout")
        .authenticated()
        .requestMatchers("/admin/users", "/admin/users/**", "/admin/tokens", "/admin/tokens/**")
        .hasRole(Role.ADMIN.name())
        .requestMatchers("/admin/actions/**")
        .hasRole(Role.OPERATOR.name())
        // It looks a file up: what it names must be in no address.
        .requestMatchers(HttpMethod.POST, "/admin/files")
        .hasRole(Role.VIEWER.name())
        .requestMatchers(HttpMethod.GET, "/admin", "/admin/**")
        .hasRole(Role.VIEWER.name())
        .anyRequest()
        .denyAll();
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(new Guarded()).addPathPatterns("/admin", "/admin/**");
  }

  /** Should server and controllers ever read an address differently, nobody gets in. */
  private static final class Guarded implements HandlerInterceptor {
    @Override
    public boolean preHandle(
        HttpServletRequest request, HttpServletResponse response, Object handler) {
      if (request.getAttribute(CsrfToken.class.getName()) == null) {
        throw new IllegalStateException("a page of the dashboard without its filter");
      }
      return true;
    }
  }
}
