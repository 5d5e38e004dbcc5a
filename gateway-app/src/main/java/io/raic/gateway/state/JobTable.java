package io.raic.gateway.state;

import com.github.kagkarlsson.scheduler.jdbc.DefaultJdbcCustomization;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How the table of db-scheduler looks in our databases, which it would have different in each. */
final class JobTable extends DefaultJdbcCustomization {
  JobTable() {
    super(true);
  }

  @Override
  public String getName() {
    return "raic";
  }

  @Override
  public void setInstant(PreparedStatement statement, int index, @Nullable Instant value)
      throws SQLException {
    if (value == null) {
      statement.setNull(index, Types.BIGINT);
    } else {
      statement.setLong(index, value.toEpochMilli());
    }
  }

  @Override
  // The library knows columns without a value; its own class says so in no annotation.
  @SuppressWarnings("NullAway")
  public @Nullable Instant getInstant(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }

  @Override
  public void setTaskData(PreparedStatement statement, int index, byte @Nullable [] value)
      throws SQLException {
    statement.setBytes(index, value);
  }

  @Override
  public String getQueryLimitPart(int limit) {
    return " limit " + limit;
  }
}
