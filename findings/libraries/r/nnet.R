# nnet.R: what nnet of R draws: the weights and biases of nnet(), by its argument rang. It writes the folder that rows.py
# reads.
library(nnet)
set.seed(1)
folder <- commandArgs(trailingOnly = TRUE)[1]
files <- 0

# A tensor, as rows.py asks for it; draw() gives a new one, its values in the order of the shape. nnet draws alike whatever
# the sizes, which the line says.
tensor <- function(call, kind, name, shape, draw) {
  values <- draw()
  least <- if (all(values == values[1])) 2000 else 200000
  while (length(values) < least) values <- c(values, draw())
  file <- paste0(files, ".bin")
  files <<- files + 1
  connection <- file(file.path(folder, file), "wb")
  writeBin(values, connection, size = 4, endian = "little")
  close(connection)
  line <- paste(call, kind, name, paste(shape, collapse = "x"), file, "fixed", sep = "\t")
  cat(line, "\n", sep = "", file = file.path(folder, "manifest.tsv"), append = TRUE)
}

# A net that has been trained for no step. Its weights are in one vector: each unit's bias, then its weights.
fresh <- function(inputs, hidden, outputs, ...)
  nnet(matrix(0, 2, inputs), matrix(0, 2, outputs), size = hidden, maxit = 0, trace = FALSE, MaxNWts = Inf, ...)$wts
hidden <- function(wts) matrix(wts[1:(301 * 100)], nrow = 301) # a column a unit of the hidden layer
output <- function(wts) matrix(wts[-(1:(301 * 100))], nrow = 101)

CALLS <- list(
  list("nnet(x, y, size = 100)", function() fresh(300, 100, 10)),
  list("nnet(x, y, size = 100, rang = 0.1)", function() fresh(300, 100, 10, rang = 0.1))
)
for (call in CALLS) {
  pool <- lapply(1:8, function(i) call[[2]]())
  index <- 0
  draw <- function(part) function() {
    index <<- index + 1
    as.vector(part(if (index <= length(pool)) pool[[index]] else call[[2]]()))
  }
  tensor(call[[1]], "D", "weights of the hidden layer", c(100, 300), draw(function(wts) hidden(wts)[-1, ]))
}

# nnet draws all weights and biases alike, whatever the layer, so those of a smaller net stand for the biases.
small <- function() matrix(fresh(1, 1000, 1)[1:2000], nrow = 2)[1, ]
tensor("nnet(x, y, size = 1000)", "other", "biases of the hidden layer", 1000, small)

# nnet has one hidden layer, of logistic units: each layer of the network is the hidden layer of a new net, with a ReLU.
call <- "nnet(x, y, size = 256)"
lines <- replicate(20, {
  a <- matrix(rnorm(256 * 256), 256)
  rms <- numeric(0)
  for (layer in 1:10) {
    wts <- matrix(fresh(256, 256, 1)[1:(257 * 256)], nrow = 257)
    a <- pmax(cbind(1, a) %*% wts, 0)
    rms <- c(rms, sqrt(mean(a^2)))
  }
  paste(format(rms, digits = 8), collapse = " ")
})
writeLines(c(call, lines), file.path(folder, "network.tsv"))
