package io.raic.gateway.engine;

import io.raic.cloud.CloudBackend;
import io.raic.cloud.Upload;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;

/** A store that tells of each commit; or that never answers one, whatever its deadline. */
final class ObservedCommits {
  private ObservedCommits() {}

  /**
   * Puts it before {@code driver}.
   *
   * @param hangs whether a commit ends only when it is interrupted
   * @param done run after each commit that worked
   */
  static CloudBackend of(CloudBackend driver, boolean hangs, Runnable done) {
    return proxy(
        CloudBackend.class,
        (_, method, arguments) -> {
          var result = call(driver, method, arguments);
          return result instanceof Upload upload ? observed(upload, hangs, done) : result;
        });
  }

  private static Upload observed(Upload upload, boolean hangs, Runnable done) {
    return proxy(
        Upload.class,
        (_, method, arguments) -> {
          boolean isCommit = method.getName().equals("commit");
          if (isCommit && hangs) {
            new CountDownLatch(1).await();
          }
          var result = call(upload, method, arguments);
          if (isCommit) {
            done.run();
          }
          return result;
        });
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
