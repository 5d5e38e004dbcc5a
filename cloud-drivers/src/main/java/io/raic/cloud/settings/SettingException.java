package io.raic.cloud.settings;

/** A setting that is missing, unknown or makes no sense. */
public final class SettingException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final String setting;

  /**
   * Says which, and what is wrong with it; never its value if that is a secret.
   *
   * @param setting its name within the provider
   */
  public SettingException(String setting, String what) {
    super(setting + what);
    this.setting = setting;
  }

  /** Returns the name of the setting. */
  public String setting() {
    return setting;
  }
}
