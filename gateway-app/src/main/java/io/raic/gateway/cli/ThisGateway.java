package io.raic.gateway.cli;

import io.raic.gateway.GatewayApplication;
import io.raic.gateway.GatewayConfiguration;
import io.raic.gateway.provider.Drivers;
import io.raic.gateway.provider.ProviderBook;
import io.raic.gateway.state.Database;
import java.util.Map;

/** The gateway that this process can be; its classes are loaded by the commands that need them. */
final class ThisGateway implements Gateway {
  @Override
  public void start(Map<String, Object> settings) {
    GatewayApplication.run(settings);
  }

  @Override
  public ProviderBook configuration(Map<String, Object> settings) {
    GatewayConfiguration.silenceLog();
    return GatewayConfiguration.read(settings, drivers());
  }

  @Override
  public Database database(Map<String, Object> settings) {
    GatewayConfiguration.silenceLog();
    return GatewayConfiguration.database(settings);
  }

  @Override
  public Drivers drivers() {
    return Drivers.all();
  }
}
