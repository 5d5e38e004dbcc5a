package io.raic.cloud.gcs;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

/**
 * TLS on top of sockets that know nothing of it, by Java's own settings.
 *
 * <p>Java's connections otherwise make sockets that are both. Where a virtual thread is interrupted
 * in a write, such a socket closes itself, says goodbye by another write, which closes it because
 * the thread is interrupted, and so on to a StackOverflowError. That it cannot make unconnected
 * sockets makes Java's connections take plain ones, and give them to it afterwards.
 */
final class LayeredTls extends SSLSocketFactory {
  private final SSLSocketFactory tls = HttpsURLConnection.getDefaultSSLSocketFactory();

  @Override
  public Socket createSocket(Socket plain, String host, int port, boolean autoClose)
      throws IOException {
    return tls.createSocket(plain, host, port, autoClose);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return createSocket(new Socket(host, port), host, port, true);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return createSocket(new Socket(host, port, local, localPort), host, port, true);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return createSocket(new Socket(host, port), host.getHostAddress(), port, true);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    var plain = new Socket(host, port, local, localPort);
    return createSocket(plain, host.getHostAddress(), port, true);
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return tls.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return tls.getSupportedCipherSuites();
  }
}
