package io.raic.gateway;

import io.raic.gateway.audit.AuditLog;
import io.raic.gateway.login.ConditionalOnDashboard;
import io.raic.gateway.login.LoginSettings;
import io.raic.gateway.login.Passwords;
import io.raic.gateway.login.Users;
import io.raic.gateway.state.Database;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Joins the parts that know people. */
@Configuration(proxyBeanMethods = false)
class LoginWiring {
  @Bean
  InstantSource clock() {
    return InstantSource.system();
  }

  @Bean
  AuditLog auditLog(Database database, InstantSource clock) {
    return new AuditLog(database, clock);
  }

  @Bean
  @ConditionalOnDashboard
  Users users(Database database, AuditLog audit, InstantSource clock) {
    return new Users(database, audit, new Passwords(), clock);
  }

  @Bean
  @ConditionalOnDashboard
  LoginSettings loginSettings(GatewayProperties properties) {
    return properties.admin().settings();
  }
}
