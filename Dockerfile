# docker build .                 → runs a topology on CPU
# docker build --target cuda .   → runs a topology on a CUDA 12 GPU

FROM maven:3.9-eclipse-temurin-17 AS build
# mvn reads MAVEN_ARGS itself, such as --build-arg MAVEN_ARGS="-Dhttps.proxyHost=proxy -Dhttps.proxyPort=3128"
ARG MAVEN_ARGS=""
WORKDIR /src
COPY pom.xml ./
COPY src/main src/main
RUN mvn --batch-mode --no-transfer-progress -Dquick -DskipTests package \
 && rm -rf target/limpid/lib/train target/limpid/lib/demo
COPY bin target/limpid/bin
COPY topology target/limpid/topology
COPY models target/limpid/models

FROM build AS build-cuda
RUN mvn --batch-mode --no-transfer-progress -Dquick -DskipTests -Pcuda clean package \
 && rm -rf target/limpid/lib/train target/limpid/lib/demo
COPY bin target/limpid/bin
COPY topology target/limpid/topology
COPY models target/limpid/models

FROM nvidia/cuda:12.6.3-cudnn-runtime-ubuntu24.04 AS cuda
RUN apt-get update && apt-get install --yes --no-install-recommends openjdk-17-jre-headless && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --no-create-home limpid
COPY --from=build-cuda /src/target/limpid /opt/limpid
USER 10001
WORKDIR /opt/limpid
EXPOSE 9400
ENTRYPOINT ["bin/limpid"]
CMD ["run", "topology/ecg.yaml", "--host", "0.0.0.0", "--port", "9400"]

FROM eclipse-temurin:17-jre AS runtime
RUN useradd --system --uid 10001 --no-create-home limpid
COPY --from=build /src/target/limpid /opt/limpid
USER 10001
WORKDIR /opt/limpid
EXPOSE 9400
ENTRYPOINT ["bin/limpid"]
CMD ["run", "topology/ecg.yaml", "--host", "0.0.0.0", "--port", "9400"]
